package costlake.config;

import costlake.config.Limits.DuplicateRows;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One export, cluster or business table that is read every night. */
public record Source(
    @Required @Description("Short name, unique; part of every charge id.") String id,
    @Required
        @KindOfSource
        @Description(
            "What the source delivers: the name of a folder below sources, e.g. aws-cur, azure,"
                + " focus, prometheus or benefits.")
        String kind,
    @Description(
            "File, folder, s3://bucket/prefix, or an address of another file system that Hadoop"
                + " knows, e.g. gs:// or abfss://. Relative paths start at the folder of the"
                + " configuration.")
        @Nullable String location,
    @Description(
            "Address of a live server, instead of location: of Prometheus, of MLflow,"
                + " postgresql://USER@HOST/DATABASE for the tables of MLflow, or of the API of"
                + " SageMaker.")
        @Nullable String url,
    @Description("Service provider of a focus source, if its export does not name it.")
        @Nullable String provider,
    @Description("FOCUS version of the export. Empty: recognised by its columns.")
        @Nullable String focusVersion,
    @Description("Name of the Kubernetes cluster of a prometheus source.") @Nullable String cluster,
    @Description("Seconds between two samples of a prometheus source.") @Nullable Integer stepS,
    @Description(
            "For kind mapping: name of the file below mappings that describes the columns, without"
                + " .yml.")
        @Nullable String mapping,
    @Description(
            "Costlake's column name to the file's column name, where they differ. Of a prometheus"
                + " source: endpoint, namespace, pod, model or version of an engine to the label"
                + " that names it.")
        Map<String, String> columns,
    @Description(
            "Whether the source no longer delivers: nothing new is read, and its deliveries still"
                + " count.")
        boolean retired,
    @Description("What to do with repeated rows of this source, instead of limits.duplicate_rows.")
        @Nullable DuplicateRows duplicateRows,
    @Description(
            "Time zone of times without an offset, e.g. Europe/Paris, of a source whose kind may have"
                + " such times, e.g. slurm. Empty: they are read as UTC, and the night says so.")
        @Nullable ZoneId zone) {
  private static final Pattern PASSWORD = Pattern.compile("^[a-z][a-z0-9+.-]*://[^/@:]*:[^/@]*@");

  public Source {
    columns = Map.copyOf(columns);
    if (!id.matches("[a-z0-9][a-z0-9_-]{0,62}")) {
      throw new IllegalArgumentException(
          "source id '" + id + "' must be lower-case letters, digits, - or _");
    }
    if ((location == null) == (url == null)) {
      throw new IllegalArgumentException("source '" + id + "' needs either location or url");
    }
    if ((mapping == null) == SourceKinds.of(kind).isMapped()) {
      throw new IllegalArgumentException(
          mapping == null
              ? "source '" + id + "' needs mapping: the name of a file below mappings"
              : "source '" + id + "' has a mapping, so its kind must be " + UserMapping.KIND);
    }
    if (url != null && !SourceKinds.of(kind).isLive()) {
      throw new IllegalArgumentException(
          "source '" + id + "': sources of kind " + kind + " are not read by url");
    }
    if (url != null && PASSWORD.matcher(url).find()) {
      throw new IllegalArgumentException(
          "source '" + id + "': its url must not contain a password. Set it in the environment");
    }
    if (zone != null && !SourceKinds.of(kind).localTimes()) {
      throw new IllegalArgumentException(
          "source '%s': its kind %s has no local times. Remove zone; kinds with a zone are %s"
              .formatted(id, kind, String.join(", ", SourceKinds.withLocalTimes())));
    }
    boolean telemetry = SourceKinds.of(kind).isTelemetry();
    if (telemetry && (cluster == null || stepS == null || stepS < 1)) {
      throw new IllegalArgumentException("source '" + id + "' needs cluster and step_s");
    }
  }

  /**
   * Creates a source of files that no configuration names.
   *
   * @param mapping name of the file that describes its columns, if its kind is a mapping
   * @param columns the file's name of a column, by Costlake's name
   */
  public static Source ofFiles(
      String id,
      String kind,
      Path folder,
      @Nullable String mapping,
      Map<String, String> columns,
      @Nullable ZoneId zone) {
    String location = folder.toString();
    return new Source(
        id, kind, location, null, null, null, null, null, mapping, columns, false, null, zone);
  }

  /** Returns the kind of data that the source delivers. */
  public SourceKind sourceKind() {
    return SourceKinds.of(kind);
  }

  Source at(String resolvedLocation) {
    return from(resolvedLocation, null);
  }

  /** Returns this source, read from a live server. */
  public Source live(String address) {
    return from(null, address);
  }

  private Source from(@Nullable String place, @Nullable String address) {
    return new Source(
        id,
        kind,
        place,
        address,
        provider,
        focusVersion,
        cluster,
        stepS,
        mapping,
        columns,
        retired,
        duplicateRows,
        zone);
  }
}
