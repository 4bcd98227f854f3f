package costlake.quota;

import costlake.config.Config;
import costlake.config.Quota;
import costlake.core.AtomicFile;
import costlake.core.Failure;
import costlake.core.FileErrors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Quotas in the format of a tool.
 *
 * @param files texts by the names of the files, the main one first
 * @param leftOut a sentence for each quota, or part of one, that the tool cannot express
 */
public record QuotaExport(Map<String, String> files, List<String> leftOut) {
  public QuotaExport {
    files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
    leftOut = List.copyOf(leftOut);
  }

  /** What reads the quotas. */
  public enum Format {
    KUEUE,
    SLURM,
    OPA,
    JSON;

    /** Whether the format also says what was used. */
    public boolean saysUse() {
      return this == OPA || this == JSON;
    }
  }

  /**
   * Writes the quotas in force on a day.
   *
   * @param uses what was used, by the id of the quota; without those that are not known
   * @throws Failure with exit code 2 if a quota names an unknown accelerator model, or if two names
   *     are one in the tool
   */
  public static QuotaExport of(
      Config config, Format format, LocalDate day, Map<String, QuotaUse> uses) {
    Accelerators accelerators = Accelerators.of(config);
    config.quotas().stream()
        .filter(quota -> quota.scope().acceleratorModel() != null)
        .forEach(quota -> accelerators.require(quota.id(), quota.scope().acceleratorModel()));
    List<QuotaInForce> quotas = inForce(config, day);
    QuotaExport export =
        switch (format) {
          case KUEUE -> KueueQuotas.of(quotas, accelerators, config.acceleratorNames().kueue());
          case SLURM ->
              SlurmQuotas.of(quotas, accelerators, config.acceleratorNames().slurm(), day);
          case OPA -> PlainQuotas.bundle(quotas, uses, day);
          case JSON -> PlainQuotas.list(quotas, uses, day);
        };
    return export.with(notInForce(config, day));
  }

  private static List<QuotaInForce> inForce(Config config, LocalDate day) {
    return config.quotas().stream()
        .sorted(Comparator.comparing(Quota::id))
        .flatMap(quota -> quota.inForce(day).stream().map(limit -> new QuotaInForce(quota, limit)))
        .toList();
  }

  private static List<String> notInForce(Config config, LocalDate day) {
    return config.quotas().stream()
        .filter(quota -> quota.inForce(day).isEmpty())
        .map(quota -> "Left out: quota '%s' is not in force on %s.".formatted(quota.id(), day))
        .sorted()
        .toList();
  }

  private QuotaExport with(List<String> more) {
    return new QuotaExport(files, Stream.concat(leftOut.stream(), more.stream()).toList());
  }

  /** Returns the text of the main file. */
  public String text() {
    return files.values().iterator().next();
  }

  /**
   * Writes the files into a folder.
   *
   * @return the files
   * @throws Failure with exit code 2 if a file cannot be written
   */
  public List<Path> write(Path folder) {
    List<Path> written = new ArrayList<>();
    files.forEach((name, text) -> written.add(write(folder.resolve(name), text)));
    return written;
  }

  private static Path write(Path file, String text) {
    try {
      return AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw Failure.operator(e, "Cannot write %s: %s", file, FileErrors.why(e));
    }
  }

  /** Returns the quotas of each team, in the order of the teams. */
  static Map<String, List<QuotaInForce>> byTeam(Stream<QuotaInForce> quotas) {
    return quotas.collect(
        Collectors.groupingBy(QuotaInForce::team, TreeMap::new, Collectors.toList()));
  }
}
