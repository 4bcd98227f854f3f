/** Audits as their files say them. Contracts of models and tables that pages declare have them. */
@NullMarked
package costlake.audit;

import org.jspecify.annotations.NullMarked;
