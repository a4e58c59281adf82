// Package seeds reads plan documents as they circulate and turns them into
// [ledger.Plan]: text, comma and tab separated files, Word (.docx) and Excel
// (.xlsx), in GBK or UTF-8, clean or damaged. It also compares a revised plan with
// the one in force, and holds the Huzhou plan that the bot starts with.
//
// A document passes through four steps. The format reader (text, docx, xlsx, HTML) makes
// one intermediate document of paragraphs and tables. The head reader finds title,
// number, issuer and dates. Layout readers look for tasks: tables with a header row,
// tables that lost their cell borders, one cell per line, numbered headings with
// label lines, brackets or plain prose. The best reading becomes tasks; a table of
// tasks wins over the body, whose numbered paragraphs are then the clauses.
//
// The package never guesses silently: what is doubtful is a [ledger.Problem] with
// its row and a proposal, and every number and date comes from the text. It knows
// nothing of progress and must not write any.
package seeds
