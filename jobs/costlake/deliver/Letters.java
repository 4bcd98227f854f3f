package costlake.deliver;

import costlake.config.Config;
import costlake.config.Owners;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Letters to teams, each in the language of its team. */
final class Letters {
  private final Config config;
  private final Map<Locale, LetterWriter> writers = new HashMap<>();

  Letters(Config config) {
    this.config = config;
  }

  Letter letter(Parcel parcel) {
    String tag =
        config
            .owners()
            .team(parcel.teamId())
            .map(Owners.Team::language)
            .orElse(config.statement().locale());
    return writers.computeIfAbsent(Locale.forLanguageTag(tag), LetterWriter::new).letter(parcel);
  }
}
