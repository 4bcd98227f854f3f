package costlake.deliver;

import java.text.MessageFormat;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;

/** Texts of a mail in the reader's language, or else in English. */
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

  /** The text of a key; arguments are names and figures, never formats. */
  String say(String key, String... arguments) {
    return new MessageFormat(texts.getString(key), locale).format(arguments);
  }

  /** The name of a kind of cost; its id if it has no name. */
  String kind(String id) {
    String key = "kind." + id;
    return texts.containsKey(key) ? say(key) : id;
  }

  /** Tag of the language of the texts, which may differ from the requested one. */
  String language() {
    return texts.getString("language");
  }

  /** The labels, by their keys without the prefix. */
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
