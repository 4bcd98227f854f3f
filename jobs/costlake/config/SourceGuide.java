package costlake.config;

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
 */
public record SourceGuide(
    @Required String answers,
    List<String> needs,
    Map<String, String> settings,
    List<String> files) {
  /** The guide of a kind that describes none. */
  static final SourceGuide NONE = new SourceGuide("", List.of(), Map.of(), List.of());

  public SourceGuide {
    needs = List.copyOf(needs);
    settings = Map.copyOf(settings);
    files = List.copyOf(files);
  }
}
