/** The month as static web pages: statements and where each of their lines comes from. */
@NullMarked
package costlake.site;

import org.jspecify.annotations.NullMarked;
