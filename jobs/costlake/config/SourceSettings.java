package costlake.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a source with which its delivered rows are read. The mapping of a source is not
 * among them: a delivery keeps the mapping with which it landed, and lands again with another.
 *
 * @param provider service provider, if the export does not name it
 * @param focusVersion FOCUS version of the export; null if its columns determine the version
 * @param cluster name of the cluster of measurements
 * @param stepS seconds between two samples of measurements
 * @param columns name of a column in the file, by the name of the column in the relation
 * @param zone id of the zone of times without an offset; null if nobody stated it
 */
public record SourceSettings(
    @JsonProperty("provider") @Nullable String provider,
    @JsonProperty("focus_version") @Nullable String focusVersion,
    @JsonProperty("cluster") @Nullable String cluster,
    @JsonProperty("step_s") @Nullable Integer stepS,
    @JsonProperty("columns") Map<String, String> columns,
    @JsonProperty("zone") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String zone) {
  /** The settings with which the deliveries of a source are read that states none. */
  public static final SourceSettings NONE =
      new SourceSettings(null, null, null, null, Map.of(), null);

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  /**
   * A source with the kind of some of its deliveries. The kind of earlier deliveries may differ
   * from the configured kind.
   */
  public record Key(String source, String kind) {
    private static final String PREFIX = "source ";

    /** Returns the name under which a publication records the settings. */
    public String fact() {
      return PREFIX + source + " " + kind;
    }

    /** Whether a fact of a publication is the settings of a source. */
    public static boolean isFact(String fact) {
      return fact.startsWith(PREFIX);
    }

    /** Returns the key whose {@link #fact} this is. */
    public static Key parse(String fact) {
      String[] words = fact.split(" ", 3);
      return new Key(words[1], words[2]);
    }
  }

  public SourceSettings {
    columns = Map.copyOf(columns);
  }

  /** Returns the configured settings of a source, without those that no reader of its kind uses. */
  public static SourceSettings of(Source source) {
    SourceKind kind = source.sourceKind();
    if (kind.isTelemetry()) {
      return new SourceSettings(
          null, null, source.cluster(), source.stepS(), source.columns(), null);
    }
    if (kind.isMapped()) {
      return NONE;
    }
    boolean isDescribed = kind.relations().stream().anyMatch(r -> r.strategy() == null);
    boolean hasStrategy = kind.relations().stream().anyMatch(r -> r.strategy() != null);
    return new SourceSettings(
        hasStrategy ? source.provider() : null,
        hasStrategy ? source.focusVersion() : null,
        null,
        null,
        isDescribed ? source.columns() : Map.of(),
        source.zone() == null ? null : source.zone().getId());
  }

  /** Returns the settings that the facts of a publication record. */
  public static Map<Key, SourceSettings> recorded(Map<String, String> facts) {
    Map<Key, SourceSettings> settings = new HashMap<>();
    facts.forEach(
        (fact, text) -> {
          if (Key.isFact(fact)) {
            settings.put(Key.parse(fact), parse(text));
          }
        });
    return settings;
  }

  /** Returns the settings as JSON; equal settings have the same text in every process. */
  public String text() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write " + this, e);
    }
  }

  private static SourceSettings parse(String text) {
    try {
      return JSON.readValue(text, SourceSettings.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot read the recorded settings " + text, e);
    }
  }
}
