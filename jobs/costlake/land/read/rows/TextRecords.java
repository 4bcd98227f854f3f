package costlake.land.read.rows;

import java.io.IOException;
import java.io.InputStream;

/** Reads the records of a text file one after another. */
public abstract class TextRecords extends TextBuffer {
  protected TextRecords(InputStream in, int bufferBytes) throws IOException {
    super(in, bufferBytes);
  }

  /** Moves to the next record. Returns false at the end of the file. */
  public abstract boolean next() throws IOException;

  /** Whether this is the last record and may be truncated. */
  public abstract boolean isLast() throws IOException;

  /** Whether the file ends without a line end after this record. */
  public abstract boolean isCut();

  /** Returns the number of the record in the file, from 1. */
  public abstract long number();

  /** Whether the record is longer than the limit. Then only its beginning is kept. */
  public abstract boolean tooLong();
}
