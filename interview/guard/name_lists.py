"""Common given names and surnames in Sweden, lower case, those of people who came from elsewhere among them.

From general knowledge, not from any register. What is also an ordinary word, a month, a place or an aid is ambiguous: it
is taken for a name only where what stands around it says so. Double names are found by their parts.
"""

from typing import Final


def listed(words: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(words.split())


GIVEN: Final = listed("""
    abbas abdi abdirahman abdul abdullah abdullahi abeba abraham adnan afrim agim agnes agneta agnieszka ahlam ahmad
    ahmed aina aino aisha akram alaa albert albin aldo alejandro alexander alexandra alfons alfred ali alice alicia alicja
    alireza allan alva alvar alvin amanda amelia amelie amin amina amir amira anders andrea andreas andres andrzej
    anette angelica anil anita anja ann anna anne anneli annelie annette annica annie annika annikki annmarie annsofie
    anton antonia antonio antti anwar arash arben arjeta arman arne aron arthur arto artur arvid asad asbjørn asha asma
    assar asta astrid awet ayaan ayan ayse azad aziz aziza azra barbara barbro bashir beata beatrice behrouz bekim bengt
    benjamin benny berit berivan bernhard bernt bert bertha bertil besim bibi bilal birger birgit birgitta birgitte birk
    bjarne blerim bodil bogdan boris bosse bozena brita britt britta bujar börje calle camilla carin carina carita carl
    carlos carmen carola carolina caroline carsten casper catarina catharina cathrine catrin cecilia charles charlotta
    charlotte christel christer christian christin christina christoffer claes clara clas conny cornelia dagmar dagny
    dahir dalal daniel daniela danuta david deepak denise dennis desirée diana diego dilan diyar dmitri doris dorota
    dorotea dragan dragana drita dusan ebba ebrahim edgar edit edith eduardo edvard edvart edvin eero egon eila eilert
    einar eino eivor elena eleonor eleonora elham elias elif elin elina elis elisa elisabet elisabeth elise elliot elly
    elmer elna elof elsa elsie elsy elvira elvy elzbieta emanuel emelie emil emilia emilie emily emin emine emir emma
    enar enver erica erik erika erland erling ernst esbjörn esra eva evelina evert evy ewa fabian fadi faduma fadumo
    fahad faisal fanny farah farhad fariba farid farida farzaneh fatemeh faten fatima fatma fatmir fawzi felicia felix
    ferdinand fernando feven fikret filip filippa firas florin folke francisco fredrik freja frida fritiof fritz gabriel
    gabriella georg gerd gerda gerhard gert gertrud ghada gheorghe gillis giovanni giuseppe glenn goran gottfrid greger
    greta grzegorz gudrun gunborg gunhild gunilla gunnar gunnel gunvi gunvor gustaf gustav göran gösta göte günther
    habib haidar haile halima halina hamid hampus hamza hanan hanna hannah hannes hannu harald haris harriet harry hasan
    hassan hasse hatice hawa hawra hayat hedda hedvig heike heikki helen helena helene helmut helvi helén henning henny
    henrietta henrik henry herbert herman hiba hilda hilding hilkka hillevi hilma hilmer hjalmar hodan holger horst
    hossein houda huda hugo hussein håkan hüseyin ibrahim ida idil idris ifrah igor ilham ilkka imran ines inez ingeborg
    ingegerd ingegärd ingemar inger ingrid ingunn ingvar ioana irena irene irina irja irma isabel isabell isabella
    isabelle isac isak ismail ivan ivana ivar ivo jaber jacob jadwiga jafar jakob jalal jamal jamila jamshid jane janet
    janne jari jasmina javier jawad jeanette jelena jennie jenny jens jerker jerry jerzy jesper jessica jim jimmie jimmy
    joachim joakim joanna joel johan johanna johannes john johnny jonas jonatan jonathan jonna jonny jonte jorma josef
    josefin josefina josefine josé jovan jovana juan juha juhani jukka julia juliana julius jussi jörgen jürgen kaarina
    kaija kajsa kalevi kalle kamal kareem karim karima karin karina karl karolin karwan kasper katarina katarzyna katrin
    kauko kaveh kenan kennet kenneth kenny kent kerstin khadija khadra khaled khalid khalil kicki kidane kirsi kirsten
    kirsti kjell klas konrad krister kristian kristin kristina kristine kristoffer krystyna krzysztof kurt kåre laila
    larisa lars lasse layla leena leif leila lena lennart leonard leopold leyla liam lilian lilianne lillemor lilly
    linda linnea linnéa linus lisa lisbet lisbeth liselott liselotte ljubica loke lone lorentz lotta louise lovisa lubna
    lucas ludmila ludvig luis lukas luul lydia maarit maciej madeleine magda magdalena magnus mahdi mahmoud mahmud mahsa
    maija majid majken malee malena malgorzata malin malte manfred manuel marcela marcus marek maren margareta margareth
    margaretha margit margot mari maria mariam mariana marianne marie marika marina mario marit marita mariusz marja
    marjatta markku marko markus marta martin martina martti mary maryam mateusz mathias matilda mats matteo matti
    mattias matts maud maysa małgorzata mehdi mehmet mehran mehrdad melker melvin melwin merja meron mette mia micael
    michael michal miguel mihaela mihai mika mikael mikaela mikko mila milena milica milla milton minna mirela miriam
    mirjam mirjana miroslav mirwais moa mohamad mohamed mohammad mohammed molly mona monica monika morgan mostafa
    muhamed muhammad muna murat mustafa märta nabil nader nadia nadir nadja naima naser nasir nasrin nasser natalia
    natalie natasha nathalie nathan nawal nazanin nelly nemanja nermin nguyet nicklas niclas niklas nikola niloufar nils
    nina nisse noah noel noor nour nura nuri oili oksana ola olaf olavi oleg olena olga olivia olle olof olov omar omid
    oscar oskar osman ossian osvald othman ottilia otto ove paavo pablo parisa parvin parwin patric patricia patrick
    patrik paul paulina pavel pawel pedro pekka pelle pentti pernilla petar peter petra petri petter peyman philip pia
    pierre piotr pirjo pirkko pontus priya päivi radmila radovan ragnar ragnhild rahel rahim rahma raija raimo ralf
    ralph rami rania rasha rashid ravi rebecca rebecka reem reidar reijo reine reinhold reza ricardo richard rickard
    rigmor riitta rikard rima risto rita ritva robert roberto robin rodrigo roffe roger rojin roland rolf ronald ronny
    roswitha roza ruben rudolf rune ruth saad sabah sabina sabri sadia saeed sahar salah saleh salem salim salma salman
    samer sami samia samir samira samuel sanaa sandra sanela sanjay sara sarah sasha sebastian selam selma senada senait
    seppo sergei sergej sergio shadi shahin shahla shilan shirin shiva sigfrid sigge signe signhild sigrid sigrun sigurd
    sigvard siham simin simon sinikka siri siriporn sirkka sirpa siw sixten slavica slobodan snezana snjezana sofia
    sofie soheila solbritt solveig solvig somchai sonia sonja sophie soran staffan stanislaw stefan stella stellan stina
    sture suleiman sumaya sune sunita supaporn susann susanna susanne suzanne svante svea sven sverker svetlana sylvi
    sylvia sören tage tahir taimi tapani tapio tarek tariq tarja tatiana tatjana tauno tekla teresa terje tesfay teuvo
    thanh thea theo theodor theres therese thomas thorbjörn thorsten thure tigist tilda tilde timo tina tindra tobias
    toivo tomas tomasz tommy tony torbjörn torborg tord tore torgny torsten torvald trygve tuija tuomas tuula tuulikki
    ulf ulla ulpu ulrica ulrik ulrika ulrike uno ursula usama valdemar valdete valter vanja veikko vendela vera verner
    veronica veronika vesa vesna victor victoria viktor viktoria vilgot vilhelm vilhelmina ville vilma vincent vivan
    vivi vivianne vladimir volodymyr vuokko väinö wafa walid warsame werner wilhelm wille william wilma wojciech
    wolfgang xiao yahya yasin yasir yasmine yassin ylva yngve yonas yosef youssef yulia yuri yusuf yvonne zahra zainab
    zana zaynab zbigniew zdravko zeinab zeljko zeynep zlatko zohreh zoran zorica åke åsa örjan östen øyvind
""")

SURNAMES: Final = listed("""
    abdi abdullahi abdulle abrahamsson adamsson adolfsson ahlberg ahlgren ahlin ahlqvist ahlström ahmadi ahmed
    albertsson alexandersson alfredsson almgren almqvist almström alvarez andersen andersson andreasson appelgren
    appelqvist aronsson arvidsson asplund augustsson axelsson backlund backman backström begic begovic bengtsson
    bergendahl berggren berglund bergman bergquist bergqvist bergstrand bergström bergvall berntsson bertilsson
    birgersson björklund björkman björkqvist blomberg blomgren blomkvist blomqvist boberg bodin bohlin bohman bolin
    boman boström brandt broberg brodin brolin broman burman byström börjesson carlberg carlgren carlsson carlström
    carlén cederberg cedergren cederholm christensen christensson christiansson claesson clausson cronholm cronqvist
    dahlberg dahlbäck dahlgren dahlin dahlman dahlqvist dahlstedt dahlström dahlén dalin danielsson davidsson delic
    demir edberg edlund edman edström edvardsson egnell ehn ehrling einarsson ejdemo ekberg ekblad ekblom ekdahl ekelund
    ekengren ekholm eklund eklöf eklöv ekman ekroth ekstrand ekström ekwall elfström eliasson elofsson emanuelsson
    engberg engdahl engman engqvist engstrand engström engvall enqvist enström ericson ericsson eriksson erlandsson
    erlingsson ernstsson evertsson fagerberg fagerlund fagerström ferm fernandez filipsson flodin flodström folkesson
    forsberg forsell forslund forsman forsström fransson franzén fredin fredriksson friberg fridh fridlund fröberg
    gabrielsson garcia georgsson gerhardsson gonzalez grahn granath granberg grandin granlund granqvist granström
    grönberg grönlund grönqvist grönvall gullberg gunnarsdotter gunnarson gunnarsson gustafson gustafsson gustavsson
    gyllenhammar göransson haddad hadzic haglund hagman hagström hallberg hallgren hallström hallén hammarberg
    hammarström hansen hanson hansson haraldsson hartman hasanovic hassan hassani hedberg hedenström hedin hedlund
    hedman hedqvist hedström hedén heikkinen heinonen helgesson hellberg hellgren hellman hellqvist hellström
    henningsson henriksson hermansson hernandez hillbom hjalmarsson hjelm hjorth hoang hodzic hoffman hoffmann
    holgersson holmberg holmgren holmlund holmquist holmqvist holmström horvat hosseini hultberg hultgren hultin hultman
    hultqvist häggblom hägglund häggström hällgren hämäläinen håkanson håkansson högberg höglund högström hörnfeldt
    ibrahim ibrahimovic ingelsson ingemarsson ingvarsson isacsson isaksson israelsson ivanov ivanova ivarsson jacobson
    jacobsson jakobsson janson jansson jensen jeppsson johannesson johannisson johansson johnson johnsson jonasson
    jonsson josefsson jovanovic juhlin julin jägerstad järvelä järvinen jönsson jörgensen jörgensson kaminski karimi
    karjalainen karlberg karlgren karlsson karlström karlén kaya kellgren khalil khan kinnunen kjellberg kjellgren
    kjellin kjellman kjellström klasson klingberg knutsson korhonen koskinen kovac kovacevic kowalska kowalski
    kristensson kristiansson kristoffersson källström lagerberg lagergren lagerlöf lagerqvist lagerström laitinen
    landgren landström larsen larson larsson leandersson lehtonen leijon lennartsson leonardsson leppänen levin
    lewandowski lidberg lidström lidén liljegren liljeqvist lilliehöök lindahl lindberg lindblad lindblom lindbom
    lindborg lindeberg lindell linder linderoth lindfors lindgren lindh lindholm lindkvist lindman lindmark lindquist
    lindqvist lindros lindskog lindstedt lindström lindvall lindé lindén lindö linné ljungberg ljungdahl ljunggren
    ljungkvist ljungman ljungqvist ljungström lopez lorentsson lorentzon ludvigsson lundahl lundberg lundblad lundborg
    lundell lundgren lundh lundholm lundin lundkvist lundmark lundquist lundqvist lundstedt lundström lundvall lundén
    löfgren löfqvist löfström löfving lövgren magnusson malmberg malmgren malmqvist malmström mansour markovic markström
    martinez martinsson matsson mattson mattsson mehmedovic melander melin mellberg mellgren michaelsson mikaelsson
    moberg mohamed mohammadi mohammed mohamud molander molin moreau mossberg moström mustafa mäkelä mäkinen månsson
    mårtensson möller nguyen nielsen nieminen niklasson nikolic nilson nilsson nordberg nordgren nordin nordlander
    nordling nordlund nordquist nordqvist nordstrand nordström nordvall nordén norell norgren norlander norlin norling
    norlén norrman norström norén nowak nyberg nygren nyhlén nylander nylund nyman nyqvist nyström näslund näsman
    odelberg ohlin ohlsson olander olausson olofsson olovsson olsen olson olsson omar oskarsson osman osterman ottosson
    palmberg palmgren palmqvist paulsson pedersen persson petersen peterson petersson petrov petrovic petterson
    pettersson pham pihl pitkänen popovic påhlsson pålsson quist radovanovic ragnarsson rahimi ramberg ramirez ramström
    rantanen rehn rehnberg reuterskiöld rezai ringström robertsson rodriguez roos rosander rosberg rosell rosenberg
    rosendahl rosengren rosenqvist rosenström roslund rosvall rosén rundström runesson rydberg rydell rydgren rydholm
    rydström rydén rönnberg rönnqvist saarinen sahlberg sahlin sahlström salomonsson salonen samuelsson sanchez sandahl
    sandberg sandell sandgren sandin sandqvist sandström sandvall sanfridsson schmidt schneider schröder schultz
    selander selin sigfridsson silfverberg simonsson sjöberg sjöblom sjödahl sjödin sjögren sjöholm sjölander sjölin
    sjölund sjöqvist sjöstedt sjösten sjöstrand sjöström skoglund skogström smith sommarström stenberg stenbäck stenman
    stenmark stenqvist stenström sternberg stjernqvist stjernström strandberg strandh strömberg strömblad strömbäck
    strömgren strömqvist strömstedt suljic sundberg sundell sundgren sundin sundkvist sundquist sundqvist sundström
    sundvall sundén svahn svanberg svanström svantesson svedberg svedin svedlund svenningsson svenson svensson swahn
    swärd szabo sällström söderberg söderblom söderbäck söderholm söderlind söderling söderlund söderman söderqvist
    söderström sörensen tegnér thelander thelin thoresson thorsell thorén thulin thunberg thuresson tidström tillman
    tingström tjernberg torstensson trulsson tuvesson törnblom törngren törnkvist törnqvist uhlin ulfsson ullman vallin
    vesterberg vestergren vesterlund vestin viberg viklund vikman vikström virtanen wadström wahlberg wahlgren wahlin
    wahlqvist wahlström wahlén wallberg walldén wallgren wallin wallman wallström wallén wang weber wedin wendel
    wennberg wennerberg wennerström wennström werner westberg westerberg westerdahl westergren westerlund westerström
    westin westlind westling westlund westman wiberg wickman wickström widell widlund widmark widén wikberg wiklund
    wikman wikström wilhelmsson wiman winberg winqvist wirén wisniewski wojcik yildiz yilmaz yusuf zackrisson zetterberg
    zetterlund zetterström zhang zielinski åberg ågren åhlander åhlén åhman åhström åkerberg åkerblom åkerlund åkerman
    åkerström åkesson ålander åslund åström öberg öhlund öhman öhrn öqvist örtengren östberg österberg österholm
    österlund österman östling östlund östman
""")

AMBIGUOUS_GIVEN: Final = listed("""
    abba adel alan alf alma amal ask aster august axel bill björn bo bror china dag dan eli ester esther faith frank
    grace gry gull gun hana hans heidi helga hope iman inga iris jack jan jasmine jon joy kai kaj karma kim kit klara
    leo li lill lin line linn lise liv lo lova love lucia lul lykke madonna mai maj maja mark max may mercy milan milo
    mina mio mira my nada nell noa nora nova paris per pär pål ramadan ray regina rene rex ronja ros rosa rose roy ruby
    rut saga said sally sam sammy sanna satu siv sol solan sten stig sultan sunny ted thi tim tom tor tove ture tuva
    tyra unni urban vega vidar vide vilda vilja viola viva viveka wei wim yasmin ärla örn
""")
"""Given names that are also something else."""

AMBIGUOUS_SURNAMES: Final = listed("""
    alm ask asp back bark berg björk blad blixt blom bom borg bäck dahl damm dufva duva ek falk feldt flink flod fors
    frank frisk fröjd glad gran gren grön hagen hammar hav hed hell hermelin hjort holm holst hult häll hård hög kall
    kaplan klang kling klint krantz kron kvist lager lang lans lilja lind ljung lod lund lång löf lönn malm modig mörk
    niemi norberg nord norman novak ny palm rapp rask ros rot ryd rönn sand sjö skarp skog skott skär smed snäll sol
    sommar stark sten stolt storm strand ström stål sund svan svärd sylvan tapper thor tran törn vall vik vinberg vinter
    vret wall wik åker ås örn öst
""")
"""Surnames that are also something else."""
