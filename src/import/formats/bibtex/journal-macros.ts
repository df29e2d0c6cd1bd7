/**
 * Commands for journals in entries from NASA's ADS, as AASTeX defines them:
 * https://ui.adsabs.harvard.edu/help/actions/journal-macros
 */
const JOURNALS = `
aj: AJ | actaa: Acta Astron. | araa: ARA&A | apj: ApJ | apjl: ApJ | apjlett: ApJ | apjs: ApJS | apjsupp: ApJS
ao: Appl. Opt. | applopt: Appl. Opt. | apss: Ap&SS | aap: A&A | astap: A&A | aapr: A&A Rev. | aaps: A&AS | azh: AZh
baas: BAAS | bac: Bull. astr. Inst. Czechosl. | bain: Bull. Astron. Inst. Netherlands | caa: Chinese Astron. Astrophys.
cjaa: Chinese J. Astron. Astrophys. | fcp: Fund. Cosmic Phys. | gca: Geochim. Cosmochim. Acta
grl: Geophys. Res. Lett. | iaucirc: IAU Circ. | icarus: Icarus | jaavso: JAAVSO | jcap: J. Cosmology Astropart. Phys.
jcp: J. Chem. Phys. | jgr: J. Geophys. Res. | jqsrt: J. Quant. Spec. Radiat. Transf. | jrasc: JRASC | maps: M&PS
memras: MmRAS | memsai: Mem. Soc. Astron. Italiana | mnras: MNRAS | na: New A | nar: New A Rev. | nat: Nature
nphysa: Nucl. Phys. A | pasa: PASA | pasj: PASJ | pasp: PASP | physrep: Phys. Rep. | physscr: Phys. Scr
planss: Planet. Space Sci. | pra: Phys. Rev. A | prb: Phys. Rev. B | prc: Phys. Rev. C | prd: Phys. Rev. D
pre: Phys. Rev. E | prl: Phys. Rev. Lett. | procspie: Proc. SPIE | psj: PSJ | qjras: QJRAS | rmxaa: Rev. Mexicana Astron. Astrofis.
rnaas: RNAAS | skytel: S&T | solphys: Sol. Phys. | sovast: Soviet Ast. | ssr: Space Sci. Rev. | zap: ZAp
apspr: Astrophys. Space Phys. Res. | aplett: Astrophys. Lett. | memsait: Mem. Soc. Astron. Italiana | bell: Bell Labs Tech. J.
`;

const BY_COMMAND: ReadonlyMap<string, string> = new Map(
  JOURNALS.trim()
    .split(/\s*[|\n]\s*/)
    .map((pair): [string, string] => {
      const [command = '', ...name] = pair.split(': ');
      return [command, name.join(': ')];
    }),
);

/** `\apj`, `{\apj}`, `\apj{}`. */
const COMMAND = /^[{\s]*\\([a-z]+)(?:\{\})?[}\s]*$/;

/** The journal that a value names with one command alone; other values stay as they are. */
export function expandJournal(value: string): string {
  const [, command = ''] = COMMAND.exec(value.slice(0, 50)) ?? [];
  return BY_COMMAND.get(command)?.replaceAll('&', String.raw`\&`) ?? value;
}
