package costlake.night;

import costlake.close.MonthClose;
import costlake.config.Config;
import costlake.core.BillingPeriod;
import costlake.core.Progress;
import costlake.lake.Lake;
import costlake.lake.Sessions;
import costlake.model.Layer;
import costlake.testing.JavaProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.SparkSession;

/** Runs a night or a close in its own process, which a test can kill. */
public final class NightProcess {
  private NightProcess() {}

  /**
   * Arguments: the configuration folder, the format of the lake, and the layer after which the
   * night stops. If a month follows, the process closes this month instead of running a night.
   */
  public static void main(String[] args) {
    Config config = TinyCompany.config(Path.of(args[0]), args[1]);
    SparkSession spark = Sessions.open(config);
    if (args.length > 3) {
      MonthClose.of(
              config, Lake.open(config.lake(), spark), BillingPeriod.parse(args[3]), Instant.now())
          .close(List.of(), "test");
    } else {
      Layer until = Layer.valueOf(args[2]);
      NightRun.run(spark, config, "night", Set.of(), Set.of(), until, new Announced());
    }
    spark.stop();
  }

  /** Starts a night of a company or, if a month is given, the close of this month. */
  public static Process start(TinyCompany company, List<String> options, String... month)
      throws IOException {
    return JavaProcess.of(NightProcess.class, "1g")
        .options(options)
        .arguments(
            company.conf().toString(),
            company.config().lake().format().name().toLowerCase(Locale.ROOT),
            company.until().name())
        .arguments(month)
        .start();
  }

  /**
   * Writes the progress of each task to standard output, so that a test can kill the process at a
   * step.
   */
  private static final class Announced implements Progress {
    private String task;
    private long done;

    @Override
    public synchronized void begin(String task, long total, String unit) {
      this.task = task;
      this.done = 0;
      announce();
    }

    @Override
    public synchronized void advance(long done) {
      this.done += done;
      announce();
    }

    @Override
    public void end() {}

    private void announce() {
      System.out.println(task + " " + done);
      System.out.flush();
    }
  }
}
