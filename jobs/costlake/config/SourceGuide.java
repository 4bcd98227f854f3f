package costlake.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a new user needs to know of a kind of source.
 *
 * @param answers what its deliveries tell
 * @param needs what must be known or configured before its records meet a bill
 * @param settings keys of a source that nothing in the delivery tells, with a word for each value
 * @param files patterns of paths below a folder that make the folder a source of this kind; a
 *     pattern without a slash makes the file itself one
 * @param names for a column that users name, the names that programs give it; letter case and all
 *     characters except letters and digits are ignored
 */
public record SourceGuide(
    @Required String answers,
    List<String> needs,
    Map<String, String> settings,
    List<String> files,
    Map<String, List<String>> names) {
  /** The guide of a kind that describes none. */
  static final SourceGuide NONE = new SourceGuide("", List.of(), Map.of(), List.of(), Map.of());

  public SourceGuide {
    needs = List.copyOf(needs);
    settings = Map.copyOf(settings);
    files = List.copyOf(files);
    names = Collections.unmodifiableMap(new LinkedHashMap<>(names));
  }
}
