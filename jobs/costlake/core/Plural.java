package costlake.core;

/** Writes a number with a noun in singular or plural, for messages. */
public final class Plural {
  private Plural() {}

  /** Returns e.g. {@code 1 file} or {@code 2 files}. */
  public static String of(long number, String one, String many) {
    return number + " " + (number == 1 ? one : many);
  }
}
