package costlake.config;

/**
 * The place where something is written; a record component of this type is not read but filled with
 * it.
 *
 * @param file the file, or what else the value comes from, e.g. an option of the command line
 * @param line from 1; 0 where there are no lines
 */
public record Origin(String file, int line) {

  /** The first line of a file. */
  public static Origin top(String file) {
    return new Origin(file, 1);
  }

  /** Something without lines, such as a folder or an option. */
  static Origin whole(String place) {
    return new Origin(place, 0);
  }

  /**
   * The place of a line of a text that begins here.
   *
   * @param lineOfText from 1
   */
  public Origin at(int lineOfText) {
    return new Origin(file, line + lineOfText - 1);
  }

  @Override
  public String toString() {
    return line == 0 ? file : file + ":" + line;
  }
}
