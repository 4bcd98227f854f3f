package costlake.serve;

/** A user who has signed in, and the teams whose rows they may see. */
record SignedInUser(String user, TeamScope scope) {}
