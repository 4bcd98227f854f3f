package costlake.core;

/** Reports the progress of long work. The command line draws it; tests and pipes ignore it. */
public interface Progress {
  /** Says nothing. */
  Progress SILENT =
      new Progress() {
        @Override
        public void begin(String task, long total, String unit) {}

        @Override
        public void advance(long done) {}

        @Override
        public void end() {}
      };

  /**
   * A task begins.
   *
   * @param total units of work, or -1 when unknown
   * @param unit what is counted, e.g. {@code rows}
   */
  void begin(String task, long total, String unit);

  /** So many more units are done. The threads of a task may all say so. */
  void advance(long done);

  /** The task is over. */
  void end();
}
