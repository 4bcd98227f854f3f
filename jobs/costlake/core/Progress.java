package costlake.core;

/** Reports the progress of long work. The command line draws it; tests and pipes ignore it. */
public interface Progress {
  /** Reports nothing. */
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
   * Reports the start of a task.
   *
   * @param total number of units of work; -1 if unknown
   * @param unit name of the units, e.g. {@code rows}
   */
  void begin(String task, long total, String unit);

  /** Reports that {@code done} more units are done. All threads of a task may call it. */
  void advance(long done);

  /** Reports the end of the task. */
  void end();
}
