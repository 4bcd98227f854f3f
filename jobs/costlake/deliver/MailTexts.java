package costlake.deliver;

import java.text.MessageFormat;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;

/** The texts of mails in a language, or in English if there are no texts in that language. */
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

  /**
   * Returns the text of a key with the arguments inserted. The caller has already formatted the
   * arguments.
   */
  String say(String key, String... arguments) {
    return new MessageFormat(texts.getString(key), locale).format(arguments);
  }

  /** Returns the language tag of the texts. It may differ from the requested language. */
  String language() {
    return texts.getString("language");
  }

  /** Returns the labels by their keys, without the prefix {@code label.}. */
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
