package costlake.decide;

/**
 * A lock of the lake, which one process has at a time.
 *
 * @param name name of the lock file without its ending
 * @param holder what the process with the lock runs, e.g. {@code night}
 * @param assurance what holds although another process has to wait
 */
public record LakeLock(String name, String holder, String assurance) {
  /** The lock of nights, and of decisions that change or keep tables. */
  public static final LakeLock WRITER =
      new LakeLock("writer", "night", "the last publication stays in force");
}
