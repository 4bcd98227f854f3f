package costlake.config;

import java.math.BigDecimal;
import java.util.Map;

/** What {@code costlake watch} reads, and when accelerators count as idle. */
public record WatchConfig(
    @Required
        @Description(
            "Hours without use after which accelerators count as idle, 1 to 24. A watch reads these"
                + " hours.")
        int idleHours,
    @Required @Description("Largest utilisation of accelerators that count as idle, 0 to 1.")
        BigDecimal idleUtilisationMax,
    @Description(
            "Address of the live Prometheus of a source whose nights read files, by the id of the"
                + " source. A source with a url needs no entry.")
        Map<String, String> urls,
    @Description(
            "File with the output of 'squeue --json', which cron writes, by the name of the Slurm"
                + " cluster. Relative paths start at the folder of the configuration.")
        Map<String, String> squeue) {
  private static final int HOURS_MAX = 24;

  public WatchConfig {
    urls = Map.copyOf(urls);
    squeue = Map.copyOf(squeue);
    if (idleHours < 1 || idleHours > HOURS_MAX) {
      throw new IllegalArgumentException(
          "idle_hours " + idleHours + " is not between 1 and " + HOURS_MAX);
    }
    Limits.ratio("idle_utilisation_max", idleUtilisationMax);
    urls.forEach(
        (source, url) -> {
          if (!url.matches("https?://[^@]+")) {
            throw new IllegalArgumentException(
                "urls: the address of '" + source + "' must be http(s)://HOST, without a password");
          }
        });
  }

  WatchConfig reading(Map<String, String> files) {
    return new WatchConfig(idleHours, idleUtilisationMax, urls, files);
  }
}
