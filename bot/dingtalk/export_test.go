package dingtalk

// RefusePrivate is the check of a resolved address, for tests.
func RefusePrivate(address string) error { return refusePrivate("tcp", address, nil) }
