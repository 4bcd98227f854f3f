package costlake.telemetry.series;

/** Splits intervals of time at the full hours of a UTC day. */
public final class UtcHours {
  /** Hours of a day. */
  public static final int PER_DAY = 24;

  /** Milliseconds of an hour. */
  public static final long HOUR_MS = 3_600_000;

  /** Milliseconds of a day. */
  public static final long DAY_MS = PER_DAY * HOUR_MS;

  /** Receives the part of an interval that is within one hour. */
  interface Piece {
    void in(int hour, long start, long end);
  }

  private UtcHours() {}

  /**
   * Splits an interval at the full hours. Passes each part that is within the day to {@code piece}.
   */
  static void split(long day, long start, long end, Piece piece) {
    long from = Math.max(start, day);
    long until = Math.min(end, day + DAY_MS);
    while (from < until) {
      int hour = (int) ((from - day) / HOUR_MS);
      long to = Math.min(until, day + (hour + 1) * HOUR_MS);
      piece.in(hour, from, to);
      from = to;
    }
  }
}
