package costlake.core;

/**
 * A named point in the code at which a test can halt the process without any clean-up, like a power
 * cut.
 *
 * <p>Does nothing unless the environment variable {@code COSTLAKE_FAILPOINT} or the system property
 * {@code costlake.failpoint} names the point.
 */
public final class FailPoint {
  /** Exit code of a process that was halted at such a point. */
  public static final int HALTED = 137;

  private FailPoint() {}

  /** Halts the process if {@code name} is the requested point. */
  public static void reached(String name) {
    String wanted = System.getProperty("costlake.failpoint", System.getenv("COSTLAKE_FAILPOINT"));
    if (name.equals(wanted)) {
      Runtime.getRuntime().halt(HALTED);
    }
  }
}
