package costlake.cli;

/** A command that says what stands if somebody stops it before its end, e.g. with Ctrl-C. */
interface Stoppable {
  /** What stands if a command stops that publishes. */
  String PUBLISHING =
      "What was published before stays in force, and no table was published without the others."
          + " Run the same command again to continue.";

  /** What stands if a command stops that writes statements. */
  String PRINTING =
      "The files that were written are complete; others are missing. Run the same command again to"
          + " write all of them.";

  /** Returns a sentence or two about what stands, and what to do. */
  String whatStands();
}
