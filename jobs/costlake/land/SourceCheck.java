package costlake.land;

import costlake.config.Config;
import costlake.config.Source;
import costlake.config.SourceKind;
import costlake.core.Delivery;
import costlake.core.Failure;
import costlake.core.FileErrors;
import costlake.core.Message;
import costlake.core.Plural;
import costlake.land.prometheus.PrometheusServer;
import costlake.land.read.Formats;
import costlake.land.read.Storage;
import costlake.land.read.TableFiles;
import costlake.land.read.rows.Relation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Opens a source as a night does: reads each file that is not pinned yet completely, with the
 * readers of a night, and checks the headers of all files against their kind.
 *
 * @param summary number and kind of the files, if there is no problem
 * @param problems reasons why a night would stop, or not read a file
 * @param notices what the next night would say about new deliveries
 * @param landed deliveries that the next night would have
 */
public record SourceCheck(
    String summary, List<String> problems, List<LandResult.Notice> notices, List<Delivery> landed) {
  private static final int HEADERS_CHECKED = 100;

  public SourceCheck {
    problems = List.copyOf(problems);
    notices = List.copyOf(notices);
    landed = List.copyOf(landed);
  }

  /** Checks one source. */
  public static SourceCheck of(Rehearsal rehearsal, Source source) {
    try {
      return source.url() == null ? files(rehearsal, source) : server(rehearsal.config(), source);
    } catch (Failure failure) {
      return new SourceCheck("", List.of(failure.getMessage()), List.of(), List.of());
    }
  }

  private static SourceCheck server(Config config, Source source) {
    FetchedSources.of(config, source)
        .ifPresentOrElse(
            FetchedSource::reach, () -> new PrometheusServer(source, System.getenv()).reach());
    return new SourceCheck(source.url() + " answers", List.of(), List.of(), List.of());
  }

  private static SourceCheck files(Rehearsal rehearsal, Source source) {
    Map<String, String> headers = headers(rehearsal.config(), source);
    LandResult found = rehearsal.land(source);
    Set<String> problems = new LinkedHashSet<>(headers.values());
    found.refused().stream()
        .map(LandResult.Refusal::message)
        .filter(message -> headers.keySet().stream().noneMatch(message::contains))
        .forEach(problems::add);
    if (!found.silent().isEmpty()) {
      problems.add(empty(source));
    }
    return new SourceCheck(
        summary(source, found), List.copyOf(problems), found.notices(), found.current());
  }

  private static String empty(Source source) {
    return source.sourceKind().isTelemetry()
        ? Message.of(
            """
            %s holds no response of Prometheus (<metric>.json). Correct the location in
            sources.yml, or deliver the responses.
            """,
            source.location())
        : Message.of(
            """
            %s holds no file that is read (%s). Correct the location in sources.yml, or deliver the
            export.
            """,
            source.location(), Formats.READ);
  }

  private static String summary(Source source, LandResult found) {
    long files = found.current().stream().mapToLong(one -> one.files().size()).sum();
    return source.sourceKind().isTelemetry()
        ? Plural.of(files, "answer", "answers")
        : Plural.of(files, "file", "files") + " of " + source.kind();
  }

  /** Returns what is wrong with the headers of tables, by the address of the file. */
  private static Map<String, String> headers(Config config, Source source) {
    if (source.sourceKind().isTelemetry() || FetchedSources.of(config, source).isPresent()) {
      return Map.of();
    }
    Map<String, String> problems = new LinkedHashMap<>();
    try (Storage storage = Landing.storage(config, source)) {
      List<Storage.Found> files =
          Export.of(source, storage, Export.list(source, storage), file -> Optional.empty())
              .stream()
              .flatMap(export -> export.files().stream())
              .toList();
      // Files with the last names are usually those of the newest months.
      files.stream()
          .skip(Math.max(0, files.size() - HEADERS_CHECKED))
          .forEach(
              file ->
                  header(config, source, storage, file)
                      .ifPresent(why -> problems.put(storage.address(file.key()), why)));
    }
    return problems;
  }

  private static Optional<String> header(
      Config config, Source source, Storage storage, Storage.Found file) {
    String address = storage.address(file.key());
    try {
      return columns(config, source, storage, file)
          .flatMap(header -> problem(config, source, address, header));
    } catch (Failure failure) {
      return Optional.of(failure.getMessage());
    } catch (IOException e) {
      return Optional.of("Cannot read " + address + ": " + FileErrors.why(e));
    }
  }

  /** Reads the header; empty if reading it would copy the whole file from an object store. */
  private static Optional<List<String>> columns(
      Config config, Source source, Storage storage, Storage.Found file) throws IOException {
    Relation relation = Relations.of(config, source);
    int recordBytesMax = config.limits().recordBytesMax();
    Optional<Path> local = storage.local(file.key());
    if (local.isPresent()) {
      return local.map(path -> TableFiles.columns(path, recordBytesMax, relation));
    }
    if (!Formats.isStreamed(file.key())) {
      return Optional.empty();
    }
    try (InputStream in = storage.open(file.key())) {
      return Optional.of(
          TableFiles.columns(in, storage.address(file.key()), recordBytesMax, relation));
    }
  }

  private static Optional<String> problem(
      Config config, Source source, String address, List<String> header) {
    Relation relation = Relations.of(config, source);
    if (source.sourceKind().isBill() && !relation.recognises(header)) {
      Optional<SourceKind> kind = Relations.recognise(address, header);
      if (kind.isPresent()) {
        return Optional.of(
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
        ? Optional.empty()
        : Optional.of(
            Message.of(
                """
                %s lacks columns that %s requires: %s. The audits would stop the night. Add the
                columns to the export.
                """,
                address, source.sourceKind().title(), String.join(", ", lacking)));
  }
}
