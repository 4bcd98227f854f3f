package costlake.serve;

/** Someone who has signed in, and whose rows they see. */
record Visitor(String user, Scope scope) {}
