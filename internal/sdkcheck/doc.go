// Package sdkcheck holds the fake DingTalk against what others wrote: DingTalk's own
// Node SDKs run against it as a robot. What they take for DingTalk, our client may be
// tested with. The checks are tests and run where the SDKs are installed (see
// install.sh) and the environment names the folder: TEST_SDK_DIR.
package sdkcheck
