package costlake.core;

/**
 * A named place where a test can stop the process dead, with no clean-up, as a power cut would.
 *
 * <p>Inert unless the environment or a system property names it ({@code COSTLAKE_FAILPOINT}, {@code
 * costlake.failpoint}).
 */
public final class FailPoint {
  /** Exit status of a run stopped here. */
  public static final int HALTED = 137;

  private FailPoint() {}

  /** Halts the virtual machine if {@code name} is the requested place. */
  public static void reached(String name) {
    String wanted = System.getProperty("costlake.failpoint", System.getenv("COSTLAKE_FAILPOINT"));
    if (name.equals(wanted)) {
      Runtime.getRuntime().halt(HALTED);
    }
  }
}
