package costlake.alert;

import costlake.config.AlertRoute;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Removes the secrets of a route from what a server answers: parts of its address, and its key. */
final class HiddenSecrets {
  private static final String HIDDEN = "***";
  private static final Pattern ENDS = Pattern.compile("[/?&=;@:]+");

  /** Shorter parts, such as {@code v2}, are words of an API. */
  private static final int SHORTEST = 8;

  private final List<String> secrets;

  HiddenSecrets(AlertRoute route) {
    URI address = route.address();
    Stream<String> parts =
        Stream.of(address.getRawUserInfo(), address.getRawPath(), address.getRawQuery())
            .flatMap(Stream::ofNullable)
            .flatMap(ENDS::splitAsStream);
    Stream<String> all = Stream.concat(parts, Optional.ofNullable(route.routingKey()).stream());
    this.secrets =
        all.flatMap(part -> Stream.of(part, decoded(part)))
            .filter(part -> part.length() >= SHORTEST)
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  private static String decoded(String part) {
    try {
      return URLDecoder.decode(part, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return part;
    }
  }

  /** Replaces each secret, in any case of its letters. */
  String hide(String text) {
    String shown = text;
    for (String secret : secrets) {
      shown =
          Pattern.compile(Pattern.quote(secret), Pattern.CASE_INSENSITIVE)
              .matcher(shown)
              .replaceAll(HIDDEN);
    }
    return shown;
  }

  /** Replaces each secret in the beginning of a text, whose end may have a part of a secret. */
  String hideInBeginning(String beginning) {
    int longest = secrets.isEmpty() ? 0 : secrets.get(0).length();
    String shown = hide(beginning);
    return shown.substring(0, Math.max(0, shown.length() - longest));
  }
}
