/** The month as static web pages: statements and where each of their lines comes from. */
package costlake.site;
