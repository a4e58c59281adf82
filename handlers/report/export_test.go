package report

// What the renderings' test draws is what the facts' own tests draw.
var (
	AnyTasks  = anyTasks
	AnyEvents = anyEvents
	BookOf    = bookOf
	QueryAt   = queryAt
)
