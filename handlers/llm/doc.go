// Package llm turns computed facts into words through any OpenAI-compatible model,
// and lets nobody see words that the facts do not carry.
//
// In go facts as JSON and the plain text that would be sent without a model; out come
// checked words or an error. It has no tools, no memory and no way to write; what
// people wrote reaches it as data only, and everything it answers is checked against
// the facts: numbers, dates, units, task numbers and claims of completion.
package llm
