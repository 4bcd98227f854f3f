/** Writes a month as static web pages: the statements, and the origin of each line. */
@NullMarked
package costlake.site;

import org.jspecify.annotations.NullMarked;
