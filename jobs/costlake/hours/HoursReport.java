package costlake.hours;

import costlake.core.Failure;
import costlake.core.Plural;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a log contains.
 *
 * @param rows lines of the log, without its header
 * @param totals jobs and hours
 * @param leftOut number of lines that are not counted, by reason
 * @param doubtful number of jobs that are counted with a remark, by remark
 * @param days first and last day with a job; empty if no job is counted
 * @param written files
 * @param notices further messages to the operator, such as repeated rows
 */
public record HoursReport(
    long rows,
    Totals totals,
    SortedMap<String, Long> leftOut,
    SortedMap<String, Long> doubtful,
    Optional<Days> days,
    List<Path> written,
    List<String> notices) {
  static final String UNREADABLE = "cannot be read";

  private static final BigDecimal SECONDS = BigDecimal.valueOf(3600);

  /** Number of jobs, and the seconds for which they held CPU cores, devices and the cluster. */
  public record Totals(long jobs, BigDecimal cpuS, BigDecimal gpuS, BigDecimal wallS) {
    static final Totals NONE = new Totals(0, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

    Totals plus(Totals more) {
      return new Totals(
          jobs + more.jobs, cpuS.add(more.cpuS), gpuS.add(more.gpuS), wallS.add(more.wallS));
    }

    /** Whether all figures are equal. */
    boolean equal(Totals other) {
      return jobs == other.jobs
          && cpuS.compareTo(other.cpuS) == 0
          && gpuS.compareTo(other.gpuS) == 0
          && wallS.compareTo(other.wallS) == 0;
    }
  }

  /** The first and the last day. */
  public record Days(LocalDate first, LocalDate last) {}

  public HoursReport {
    leftOut = new TreeMap<>(leftOut);
    doubtful = new TreeMap<>(doubtful);
    written = List.copyOf(written);
    notices = List.copyOf(notices);
  }

  /**
   * Refuses a log with lines that cannot be read. Its files are written.
   *
   * @throws Failure with exit code 3 that states their number and the file that lists them
   */
  public void requireReadable() {
    long unreadable = leftOut.getOrDefault(UNREADABLE, 0L);
    if (unreadable > 0) {
      throw Failure.data(
          """
          Cannot count %s: rejects.csv says why and where. Correct the log, or have it written
          again. All others are counted.
          """,
          Plural.of(unreadable, "line", "lines"));
    }
  }

  /** Returns seconds as hours with a number of digits after the point, rounded half up. */
  public static BigDecimal hours(BigDecimal seconds, int digits) {
    return seconds.divide(SECONDS, digits, RoundingMode.HALF_UP);
  }

  static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
