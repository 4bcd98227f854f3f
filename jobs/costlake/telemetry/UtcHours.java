package costlake.telemetry;

/** Hours of a UTC day. */
final class UtcHours {
  static final int A_DAY = 24;
  static final long MS = 3_600_000;
  static final long DAY_MS = A_DAY * MS;

  /** Takes the part of an interval within one hour. */
  interface Piece {
    void in(int hour, long start, long end);
  }

  private UtcHours() {}

  /** Splits an interval at the full hours and passes on the parts within the day. */
  static void split(long day, long start, long end, Piece piece) {
    long from = Math.max(start, day);
    long until = Math.min(end, day + DAY_MS);
    while (from < until) {
      int hour = (int) ((from - day) / MS);
      long to = Math.min(until, day + (hour + 1) * MS);
      piece.in(hour, from, to);
      from = to;
    }
  }
}
