package costlake.deliver;

import costlake.config.Config;
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
    return writers
        .computeIfAbsent(config.locale(parcel.teamId()), LetterWriter::new)
        .letter(parcel);
  }
}
