/** Provinces in English, by their two digits (GB/T 2260), as the state's own English pages write them. */
export const ENGLISH_PROVINCES: Readonly<Record<string, string>> = {
  "10": "National organs",
  "11": "Beijing",
  "12": "Tianjin",
  "13": "Hebei",
  "14": "Shanxi",
  "15": "Inner Mongolia",
  "21": "Liaoning",
  "22": "Jilin",
  "23": "Heilongjiang",
  "31": "Shanghai",
  "32": "Jiangsu",
  "33": "Zhejiang",
  "34": "Anhui",
  "35": "Fujian",
  "36": "Jiangxi",
  "37": "Shandong",
  "41": "Henan",
  "42": "Hubei",
  "43": "Hunan",
  "44": "Guangdong",
  "45": "Guangxi",
  "46": "Hainan",
  "50": "Chongqing",
  "51": "Sichuan",
  "52": "Guizhou",
  "53": "Yunnan",
  "54": "Xizang (Tibet)",
  "61": "Shaanxi",
  "62": "Gansu",
  "63": "Qinghai",
  "64": "Ningxia",
  "65": "Xinjiang",
  "71": "Taiwan",
  "81": "Hong Kong",
  "82": "Macao",
};

const NAMES = new Set(Object.values(ENGLISH_PROVINCES));

/** A place's text as its province in English and the rest, which is Chinese; no province where it begins with none. */
export function splitEnglish(text: string): readonly [province: string, rest: string] {
  if (!/^[A-Z]/.test(text)) return ["", text];
  for (const name of NAMES)
    if (text === name || text.startsWith(`${name} `)) return [name, text.slice(name.length).trim()];
  return ["", text];
}
