package costlake.core;

/** A number with its noun, for messages. */
public final class Plural {
  private Plural() {}

  /** {@code 1 file}, {@code 2 files}. */
  public static String of(long number, String one, String many) {
    return number + " " + (number == 1 ? one : many);
  }
}
