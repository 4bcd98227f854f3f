package costlake.deliver;

/** The content of a mail of text alone. */
interface LetterText {
  /** Returns the language tag of the text. */
  String language();

  String subject();

  String text();
}
