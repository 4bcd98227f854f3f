package costlake.land;

import costlake.core.Failure;
import java.nio.file.Path;

/** A source that is no folder of tables, e.g. a server or a database. */
interface FetchedSource {
  /**
   * Writes its rows to files in an empty folder, in formats that are read as tables. Files whose
   * names begin with a dot are not read.
   *
   * @throws Failure if something is missing; the files then do not count
   */
  void fetch(Path folder);

  /**
   * Checks that the source can be read.
   *
   * @throws Failure as {@link #fetch}
   */
  void reach();
}
