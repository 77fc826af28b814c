import { TEXT_TOKENS, HTML_TOKENS, CSS_TOKENS } from "./tests/support/import/repeats.ts";
import { importReport } from "./src/import/import.ts";
const t = process.argv[2]!;
const HEAD = "杭州市人民政府2025年政府信息公开工作年度报告\n一、总体情况\n";
const TAIL = "\n五、存在的主要问题及改进情况\n无\n六、其他需要报告的事项\n无\n杭州市人民政府\n2026年1月26日\n";
const shapes: Record<string,[readonly string[], string, (x:string)=>string]> = {
 txt:[TEXT_TOKENS,"a.txt",(x) => `${HEAD}${x}${TAIL}`],
 csv:[TEXT_TOKENS,"a.csv",(x) => `a,b,c\n1,2,3\n${x}`],
 css:[CSS_TOKENS,"a.html",(x) => `<style>${x}</style><table><tr>${"<td class=x>1".repeat(100)}`],
 html:[HTML_TOKENS,"a.html",(x) => `<html><body>${x}`],
 table:[HTML_TOKENS,"a.html", (x) => `<html><body><table><tr><td>规章<td>${x}`],
};
const [tokens,name,text]=shapes[t]!;
for (const token of tokens) { const times=[]; for (const n of [8000, 8000]) { const b=new TextEncoder().encode(text(token.repeat(n))); const s=process.threadCpuUsage(); try { await importReport(b,{name}); } catch {} const {user,system}=process.threadCpuUsage(s); times.push(Math.round((user+system)/1000)); } console.log(JSON.stringify(token), times.join(" ")); }
