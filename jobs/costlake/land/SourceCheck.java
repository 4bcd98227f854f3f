package costlake.land;

import costlake.config.Config;
import costlake.config.Source;
import costlake.config.SourceKind;
import costlake.core.Failure;
import costlake.core.FileErrors;
import costlake.core.Message;
import costlake.core.Plural;
import costlake.land.prometheus.PrometheusServer;
import costlake.land.read.FilePlan;
import costlake.land.read.Formats;
import costlake.land.read.Relation;
import costlake.land.read.Storage;
import costlake.telemetry.Telemetry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Opens a source as a night does and checks the headers of its files against its kind, without
 * copying anything.
 *
 * @param summary number and kind of the files, if there is no problem
 * @param problems reasons why a night would stop or not read a file
 */
public record SourceCheck(String summary, List<String> problems) {
  private static final int FILES_CHECKED = 100;

  public SourceCheck {
    problems = List.copyOf(problems);
  }

  /** Checks one source. */
  public static SourceCheck of(Config config, Source source) {
    try {
      Optional<FetchedSource> fetched = FetchedSources.of(config, source);
      if (fetched.isPresent()) {
        return reached(source, fetched.get());
      }
      return source.url() == null ? files(config, source) : server(source);
    } catch (Failure failure) {
      return new SourceCheck("", List.of(failure.getMessage()));
    }
  }

  private static SourceCheck reached(Source source, FetchedSource fetched) {
    fetched.reach();
    return source.url() == null
        ? new SourceCheck(source.location() + " can be read", List.of())
        : new SourceCheck(source.url() + " answers", List.of());
  }

  private static SourceCheck server(Source source) {
    new PrometheusServer(source, System.getenv()).reach();
    return new SourceCheck(source.url() + " answers", List.of());
  }

  private static SourceCheck files(Config config, Source source) {
    try (Storage storage = Landing.storage(config, source)) {
      List<Storage.Found> found = Export.list(source, storage);
      return source.sourceKind().isTelemetry()
          ? answers(source, found)
          : tables(config, source, storage, found);
    }
  }

  private static SourceCheck answers(Source source, List<Storage.Found> found) {
    long files =
        found.stream().filter(file -> Telemetry.isRead(source.sourceKind(), file.name())).count();
    return files > 0
        ? new SourceCheck(Plural.of(files, "answer", "answers"), List.of())
        : new SourceCheck(
            "",
            List.of(
                Message.of(
                    """
                    %s holds no response of Prometheus (<metric>.json). Correct the location in
                    sources.yml, or deliver the responses.
                    """,
                    source.location())));
  }

  private static SourceCheck tables(
      Config config, Source source, Storage storage, List<Storage.Found> found) {
    List<Export> exports = Export.of(source, storage, found, file -> Optional.empty());
    List<Storage.Found> files = exports.stream().flatMap(e -> e.files().stream()).toList();
    Set<String> problems = new LinkedHashSet<>();
    exports.stream()
        .filter(export -> !export.missing().isEmpty())
        .forEach(
            export ->
                problems.add(
                    Message.of(
                        """
                        %s names %d file(s) that do not exist, first %s. Wait until the export is
                        complete, or deliver it again.
                        """,
                        export.manifest().orElse(source.location()),
                        export.missing().size(),
                        export.missing().get(0))));
    if (files.isEmpty()) {
      problems.add(
          source.location()
              + " holds no file that is read ("
              + Formats.READ
              + "). Correct the location in sources.yml, or deliver the export.");
    }
    // Files with the last names are usually those of the newest months.
    files.stream()
        .skip(Math.max(0, files.size() - FILES_CHECKED))
        .forEach(file -> problems.addAll(header(config, source, storage, file)));
    return new SourceCheck(
        Plural.of(files.size(), "file", "files") + " of " + source.kind(), List.copyOf(problems));
  }

  private static List<String> header(
      Config config, Source source, Storage storage, Storage.Found file) {
    String address = storage.address(file.key());
    try {
      Optional<List<String>> header = columns(config, source, storage, file);
      return header.isEmpty() ? List.of() : problems(config, source, address, header.get());
    } catch (Failure failure) {
      return List.of(failure.getMessage());
    } catch (IOException e) {
      return List.of("Cannot read " + address + ": " + FileErrors.why(e));
    }
  }

  /** Reads the header; empty if reading it would copy the whole file from an object store. */
  private static Optional<List<String>> columns(
      Config config, Source source, Storage storage, Storage.Found file) throws IOException {
    Relation relation = Relations.of(config, source);
    int recordBytesMax = config.limits().recordBytesMax();
    Optional<Path> local = storage.local(file.key());
    if (local.isPresent()) {
      return local.map(path -> FilePlan.columnsOf(path, recordBytesMax, relation));
    }
    if (!Formats.isStreamed(file.key())) {
      return Optional.empty();
    }
    try (InputStream in = storage.open(file.key())) {
      return Optional.of(
          FilePlan.columnsOf(in, storage.address(file.key()), recordBytesMax, relation));
    }
  }

  private static List<String> problems(
      Config config, Source source, String address, List<String> header) {
    Relation relation = Relations.of(config, source);
    if (source.sourceKind().isBill() && !relation.recognises(header)) {
      Optional<SourceKind> kind = Relations.recognise(address, header);
      if (kind.isPresent()) {
        return List.of(
            Message.of(
                """
                %s is a bill of kind %s, but the source is of kind %s. Correct the kind in
                sources.yml.
                """,
                address, kind.get().id(), source.kind()));
      }
    }
    relation.mapping(address, header);
    List<String> lacking = relation.lacking(header);
    return lacking.isEmpty()
        ? List.of()
        : List.of(
            Message.of(
                """
                %s lacks columns that %s requires: %s. The audits would stop the night. Add the
                columns to the export.
                """,
                address, source.sourceKind().title(), String.join(", ", lacking)));
  }
}
