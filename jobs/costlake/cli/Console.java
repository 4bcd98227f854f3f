package costlake.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import costlake.core.Progress;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Prints messages to the error stream, so that the output stream has only results. */
final class Console {
  private final PrintWriter err;
  private final CommonOptions.LogFormat format;
  private final boolean quiet;
  private final String verb;

  Console(PrintWriter err, CommonOptions.LogFormat format, boolean quiet, String verb) {
    this.err = err;
    this.format = format;
    this.quiet = quiet;
    this.verb = verb;
  }

  /** Prints a message, unless {@code --quiet} was given. */
  void say(String message) {
    if (quiet) {
      return;
    }
    err.println(format == CommonOptions.LogFormat.JSON ? json(message) : message);
    err.flush();
  }

  private String json(String message) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("time", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
    line.put("level", "info");
    line.put("verb", verb);
    line.put("message", message);
    return line.toString();
  }

  /** Returns a progress bar on a terminal; elsewhere, shows nothing. */
  Progress progress() {
    boolean terminal =
        Boolean.getBoolean("costlake.terminal") && format == CommonOptions.LogFormat.TEXT && !quiet;
    return terminal ? new Bar() : Progress.SILENT;
  }

  /** Shows the progress of one task at a time as a bar. */
  private static final class Bar implements Progress {
    private static final int SHOW_AFTER_MS = 500;
    private @Nullable ProgressBar bar;

    @Override
    public synchronized void begin(String task, long total, String unit) {
      end();
      bar =
          new ProgressBarBuilder()
              .setTaskName(task)
              .setInitialMax(total)
              .setUnit(" " + unit, 1)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(SHOW_AFTER_MS)
              .clearDisplayOnFinish()
              .build();
    }

    @Override
    public synchronized void advance(long done) {
      if (bar != null) {
        bar.stepBy(done);
      }
    }

    @Override
    public synchronized void end() {
      if (bar != null) {
        bar.close();
        bar = null;
      }
    }
  }
}
