package costlake.price;

import costlake.core.Failure;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the user says of the columns of traffic files. The columns of LiteLLM's spend logs need no
 * names.
 *
 * @param time when the request was sent
 * @param input tokens of the prompt, cached ones too
 * @param output generated tokens
 * @param cached tokens of the prompt that a cache had
 * @param batch whether the request was sent as part of a batch
 * @param model model that answered
 * @param start if times are milliseconds after a start, this start
 */
public record TrafficNames(
    @Nullable String time,
    @Nullable String input,
    @Nullable String output,
    @Nullable String cached,
    @Nullable String batch,
    @Nullable String model,
    @Nullable LocalDateTime start) {
  private static final String TIME = "starttime";
  private static final String INPUT = "prompttokens";
  private static final String OUTPUT = "completiontokens";
  private static final String MODEL = "model";
  private static final List<String> OF_LITELLM = List.of(TIME, INPUT, OUTPUT, MODEL, "spend");

  /**
   * Reads the start of relative times.
   *
   * @throws Failure with exit code 2 if it is no time
   */
  public static LocalDateTime start(String text) {
    return RequestTimes.parse(text.strip())
        .orElseThrow(
            () ->
                Failure.operator(
                    "--start is '%s', which is no time. Write it like 2026-09-01T00:00:00Z.",
                    text));
  }

  /**
   * Finds the columns in a file.
   *
   * @throws Failure with exit code 2 if a column is not named or does not exist
   */
  TrafficColumns in(Path file, List<String> columns) {
    Columns found = new Columns(file, columns);
    return new TrafficColumns(
        found.required("--time", time, TIME),
        found.required("--input", input, INPUT),
        found.required("--output", output, OUTPUT),
        cached == null ? found.cachedOfLiteLlm() : List.of(TrafficField.in(file, cached, columns)),
        found.optional(batch, null),
        found.optional(model, MODEL),
        batch == null ? found.optional(null, "calltype") : null,
        found.optional(null, "cachehit"),
        start);
  }

  /** The columns of a file; those of LiteLLM also by their letters, if it is one of its logs. */
  private static final class Columns {
    private final Path file;
    private final List<String> columns;
    private final Map<String, String> known;

    Columns(Path file, List<String> columns) {
      this.file = file;
      this.columns = columns;
      Map<String, String> byLetters =
          columns.stream()
              .collect(Collectors.toMap(Columns::letters, name -> name, (one, other) -> one));
      this.known = byLetters.keySet().containsAll(OF_LITELLM) ? byLetters : Map.of();
    }

    private static String letters(String name) {
      return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    }

    TrafficField required(String option, @Nullable String named, String letters) {
      TrafficField field = optional(named, letters);
      if (field == null) {
        throw Failure.operator(
            """
            Cannot price %s: name its columns with --time, --input and --output; %s is missing. Only
            spend logs of LiteLLM need no names. Its columns: %s.
            """,
            file, option, String.join(", ", columns));
      }
      return field;
    }

    @Nullable TrafficField optional(@Nullable String named, @Nullable String letters) {
      String name = named != null ? named : letters == null ? null : known.get(letters);
      return name == null ? null : TrafficField.in(file, name, columns);
    }

    List<TrafficField> cachedOfLiteLlm() {
      String metadata = known.get("metadata");
      return metadata == null
          ? List.of()
          : Stream.of("prompt_tokens_details.cached_tokens", "cache_read_input_tokens")
              .map(member -> metadata + ".usage_object." + member)
              .map(path -> TrafficField.in(file, path, columns))
              .toList();
    }
  }
}
