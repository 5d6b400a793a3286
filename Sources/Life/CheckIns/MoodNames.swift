/// Words and emoji for moods that are known, each with a rank: what a mood of another program comes to.
/// Unknown ones are kept as they are.
package enum MoodNames {
  /// 1 for awful … 5 for very good; nil for a mood that is not known. Case, space around it and the
  /// form of an emoji don't matter.
  package static func rank(_ mood: some StringProtocol) -> Int? { ranks[normal(mood)] }

  /// The word that stands for a rank here; nil out of 1...5.
  package static func word(_ rank: Int) -> String? {
    (1...5).contains(rank) ? words[rank - 1] : nil
  }

  /// The emoji for a rank; nil out of 1...5.
  package static func emoji(_ rank: Int) -> String? {
    (1...5).contains(rank) ? faces[rank - 1] : nil
  }

  /// Those that a person is offered, best first.
  package static var offered: [String] { words.reversed() }

  /// The median of some ranks, the lower of two; nil of none.
  package static func median(_ ranks: [Int]) -> Int? {
    ranks.isEmpty ? nil : ranks.sorted()[(ranks.count - 1) / 2]
  }

  private static let words = ["awful", "bad", "okay", "good", "great"]
  private static let faces = ["😞", "🙁", "😐", "🙂", "😄"]

  private static let ranks: [String: Int] = {
    var ranks: [String: Int] = [:]
    for (index, line) in known.enumerated() {
      for word in line.split(separator: ",") { ranks[normal(word)] = index + 1 }
    }
    return ranks
  }()

  /// Lower case, without space around it and without the marks that choose an emoji's form and skin.
  private static func normal(_ mood: some StringProtocol) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in mood.lowercased().unicodeScalars
    where scalar.value != 0xFE0E && scalar.value != 0xFE0F
      && !(0x1F3FB...0x1F3FF).contains(scalar.value)
    {
      scalars.append(scalar)
    }
    let text = String(scalars).drop { $0.isWhitespace }
    let end = text.lastIndex { !$0.isWhitespace }
    return end.map { String(text[...$0]) } ?? ""
  }

  /// From 1 to 5. English, German, French, Spanish, Portuguese, Italian, Dutch, Swedish, Danish, Polish,
  /// Romanian, Russian, Turkish, Japanese; and emoji. Digits are ranks as well.
  private static let known = [
    """
    awful,terrible,horrible,miserable,very bad,1,furchtbar,schrecklich,lausig,mies,sehr schlecht,\
    affreux,horrible,atroce,très mal,horrible,fatal,terrível,péssimo,horrível,orribile,terribile,\
    pessimo,verschrikkelijk,vreselijk,afschuwelijk,hemsk,fruktansvärt,forfærdelig,okropnie,okropny,\
    fatalnie,groaznic,oribil,ужасно,berbat,korkunç,最悪,😞,😢,😭,😫,😩,😖,😣,😱,💀,😵,🤮,😡
    """,
    """
    bad,poor,sad,low,down,2,schlecht,traurig,mauvais,mal,triste,malo,ruim,mau,brutto,male,\
    cattivo,triste,slecht,dåligt,dålig,dårlig,źle,zły,słabo,rău,trist,плохо,kötü,悪い,🙁,☹,😟,😔,😕,😒,😠,\
    😥,😿
    """,
    """
    meh,okay,ok,neutral,so-so,soso,average,fine,normal,fair,3,naja,mäßig,mittel,geht so,bof,moyen,\
    comme ci comme ça,neutre,regular,así así,mais ou menos,médio,così così,neutro,normale,gaat wel,\
    matig,sådär,okej,nogenlunde,tak sobie,średnio,așa și așa,mediu,нормально,так себе,idare eder,\
    fena değil,普通,まあまあ,😐,😑,🙃,😶,🫤,🤷
    """,
    """
    good,well,happy,nice,4,gut,fröhlich,bien,bon,content,bien,bueno,feliz,bem,bom,bene,buono,felice,\
    goed,blij,bra,glad,godt,god,dobrze,dobry,bine,bun,хорошо,iyi,良い,いい,🙂,😊,☺,😌,👍,😀,😃
    """,
    """
    rad,great,very good,excellent,amazing,awesome,super,fantastic,wonderful,5,sehr gut,großartig,\
    toll,prima,klasse,genial,génial,excellent,très bien,increíble,genial,muy bien,excelente,incrível,\
    ótimo,muito bem,fantastico,ottimo,benissimo,geweldig,uitstekend,fantastiskt,toppen,fantastisk,\
    super,świetnie,wspaniale,super,minunat,excelent,grozav,отлично,супер,harika,mükemmel,最高,😄,😁,🤩,😍,🥳,\
    😎,🤗,❤,💪,🎉
    """,
  ]
}
