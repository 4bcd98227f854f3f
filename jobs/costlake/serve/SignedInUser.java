package costlake.serve;

/** Someone who has signed in, and whose rows they see. */
record SignedInUser(String user, TeamScope scope) {}
