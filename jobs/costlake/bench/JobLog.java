package costlake.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Writes a made-up log of Slurm: a month of finished jobs of 400 users, without a header. A log
 * with the same number of jobs has the same bytes.
 */
public final class JobLog {
  private static final LocalDateTime MONTH = LocalDateTime.of(2026, 8, 1, 0, 0);
  private static final int SECONDS_OF_MONTH = 31 * 86_400;
  private static final int LONGEST_S = 20_000;
  private static final int USERS = 400;
  private static final int ACCOUNTS = 40;
  private static final int NODES = 900;
  private static final int CORES_OF_NODE = 32;
  private static final long SEED = 26;

  private final SplittableRandom random = new SplittableRandom(SEED);

  private JobLog() {}

  /** Writes the log of a number of jobs. */
  public static void write(Path file, long jobs) throws IOException {
    JobLog log = new JobLog();
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      for (long id = 1; id <= jobs; id++) {
        out.write(log.line(id));
      }
    }
  }

  private String line(long id) {
    LocalDateTime start = MONTH.plusSeconds(random.nextInt(SECONDS_OF_MONTH));
    int elapsed = random.nextInt(LONGEST_S);
    int cores = 1 << random.nextInt(8);
    int gpus = random.nextBoolean() ? 1 << random.nextInt(4) : 0;
    int nodes = Math.max(1, cores / CORES_OF_NODE);
    int user = random.nextInt(USERS);
    String resources =
        "cpu=%d,%smem=%dG,node=%d"
            .formatted(
                cores,
                gpus == 0 ? "" : "gres/gpu:a100=%d,gres/gpu=%d,".formatted(gpus, gpus),
                4 * cores,
                nodes);
    return String.join(
            "|",
            Long.toString(id),
            Long.toString(id),
            "bench",
            gpus == 0 ? "cpu" : "gpu",
            "normal",
            "account" + user % ACCOUNTS,
            "group" + user % ACCOUNTS,
            "5000",
            "user" + user,
            Integer.toString(7000 + user),
            time(start),
            time(start),
            time(start),
            time(start.plusSeconds(elapsed)),
            elapsed(elapsed),
            "0:0",
            random.nextInt(10) == 0 ? "FAILED" : "COMPLETED",
            Integer.toString(nodes),
            Integer.toString(cores),
            Integer.toString(cores),
            4 * cores + "Gn",
            resources,
            resources,
            "1-00:00:00",
            nodes(nodes),
            "train-" + id % 977)
        + "\n";
  }

  private static String time(LocalDateTime time) {
    return time.withNano(0) + (time.getSecond() == 0 ? ":00" : "");
  }

  private static String elapsed(int seconds) {
    return String.format(
        Locale.ROOT, "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }

  private String nodes(int nodes) {
    int first = 1 + random.nextInt(NODES);
    return nodes == 1
        ? "n%04d".formatted(first)
        : "n[%04d-%04d]".formatted(first, first + nodes - 1);
  }
}
