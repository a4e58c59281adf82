// Package llm turns computed facts into words through any OpenAI-compatible model,
// and lets nobody see words that the facts do not carry.
//
// In go facts as JSON; out come checked words or an error, upon which the caller sends
// its own text. It has no tools, no memory and no way to write; what people wrote
// reaches the model as data only, and everything it answers is held against the facts:
// figures and what they count, dates, units, task numbers, sources, and claims of
// completion. What the check cannot place is refused, not let through.
package llm
