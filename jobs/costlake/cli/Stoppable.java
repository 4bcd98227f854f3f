package costlake.cli;

/** A command that says which results are kept if it is stopped, e.g. with Ctrl-C. */
interface Stoppable {
  /** What a stopped command that publishes tables keeps. */
  String PUBLISHING =
      "What was published before stays in force, and no table was published without the others."
          + " Run the same command again to continue.";

  /** What a stopped command that writes statements keeps. */
  String PRINTING =
      "The files that were written are complete; others are missing. Run the same command again to"
          + " write all of them.";

  /** Returns which results are kept and what to do next, in a sentence or two. */
  String whatStands();
}
