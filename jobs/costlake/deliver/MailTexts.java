package costlake.deliver;

import java.text.MessageFormat;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;

/** The texts of mails in a language, or in English if there are none in that language. */
final class MailTexts {
  private final ResourceBundle texts;
  private final Locale locale;

  MailTexts(Locale locale) {
    this.locale = locale;
    this.texts =
        ResourceBundle.getBundle(
            "reports.mail.words",
            locale,
            MailTexts.class.getClassLoader(),
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }

  /** The text of a key. Arguments are inserted as they are: they are formatted already. */
  String say(String key, String... arguments) {
    return new MessageFormat(texts.getString(key), locale).format(arguments);
  }

  /** The name of a kind of cost; its id if it has no name. */
  String kind(String id) {
    String key = "kind." + id;
    return texts.containsKey(key) ? say(key) : id;
  }

  /** The tag of the language of the texts. It may differ from the requested language. */
  String language() {
    return texts.getString("language");
  }

  /** The labels by their keys, without the prefix {@code label.}. */
  Map<String, String> labels() {
    Map<String, String> labels = new HashMap<>();
    texts
        .keySet()
        .forEach(
            key -> {
              if (key.startsWith("label.")) {
                labels.put(key.substring("label.".length()), say(key));
              }
            });
    return labels;
  }
}
